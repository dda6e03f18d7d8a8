import type { RollingOptions } from "./mean.ts";
import { rollingCovariance } from "./covariance.ts";
import { requirePanel, type SameForm, type Series } from "./series.ts";
import { rollingStd, rollingVariance } from "./variance.ts";

