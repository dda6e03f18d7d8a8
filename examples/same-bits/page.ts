// Runs in a browser: computes the fingerprints and hands them back to the page's server.
import { fingerprints } from "./fingerprints.ts";

const seed = new URL(location.href).searchParams.get("seed") ?? "";
fetch("/fingerprints", { method: "POST", body: JSON.stringify(fingerprints(seed)) });
