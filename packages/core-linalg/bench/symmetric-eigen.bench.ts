import { type Ladder, ladder, within } from "@astra-quant/bench";
import {
  createRandom,
  Matrix,
  sampleCovariance,
  symmetricEigen,
  symmetricEigenvalues,
} from "@astra-quant/core-linalg";
import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";

function covarianceOf(n: number): Matrix {
  const X = new Matrix(2 * n + 10, n, createRandom("bench").fillNormal(new Float64Array((2 * n + 10) * n)));
  return sampleCovariance(X).covariance;
}

const contest = (name: string, ours: (A: Matrix) => Float64Array, python: string): Ladder =>
  ladder({
    name,
    sizes: [6, 50, 200],
    describe: (n) => `${n}×${n}`,
    prepare: (n) => {
      const A = covarianceOf(n);
      const ml = new MlMatrix(A.toRows());
      return {
        ours: () => ours(A),
        peers: {
          "ml-matrix": {
            run: () =>
              new EigenvalueDecomposition(ml, { assumeSymmetric: true }).realEigenvalues.sort(
                (a, b) => a - b,
              ),
          },
          numpy: { python, inputs: { A: { shape: [n, n], data: A.data } } },
        },
        disagreement: within(1e-12),
      };
    },
  });

const ladders: readonly Ladder[] = [
  contest("eigenvalues and vectors", (A) => symmetricEigen(A).values, "symmetric_eigen"),
  contest("eigenvalues alone", (A) => symmetricEigenvalues(A), "symmetric_eigenvalues"),
];
export default ladders;
