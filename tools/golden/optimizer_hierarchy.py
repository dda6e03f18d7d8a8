"""Fixture of hierarchical risk parity from returns: scipy's trees over numpy's covariance, of many periods and of few."""

import numpy as np
import scipy
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import pdist, squareform

import market

returns = market.returns()[market.ASSETS].to_numpy()


def split(covariance, order):
    """Capital halved along the order, each half by the inverse of its own variance."""
    weights = np.ones(len(order))

    def variance(cluster):
        inverse = 1 / np.diag(covariance)[cluster]
        inverse /= inverse.sum()
        return inverse @ covariance[np.ix_(cluster, cluster)] @ inverse

    def halve(cluster):
        if len(cluster) < 2:
            return
        left, right = cluster[: len(cluster) // 2], cluster[len(cluster) // 2 :]
        a, b = variance(left), variance(right)
        weights[left] *= b / (a + b)
        weights[right] *= a / (a + b)
        halve(left)
        halve(right)

    halve(order)
    return weights


def hierarchical(rows, method, distance):
    covariance = np.cov(rows, rowvar=False)
    d = np.sqrt(np.maximum(0, (1 - np.corrcoef(rows, rowvar=False)) / 2))
    np.fill_diagonal(d, 0)
    tree = linkage(pdist(d) if distance == "columns" else squareform(d, checks=False), method)
    order = leaves_list(tree)
    weights = split(covariance, order)
    return {
        "periods": len(rows),
        "linkage": method,
        "distance": distance,
        "order": order,
        "heights": tree[:, 2],
        "weights": weights,
        "volatility": np.sqrt(weights @ covariance @ weights),
    }


cases = [
    hierarchical(returns[:periods], method, distance)
    for periods in (240, 6, 4)
    for method, distance in (("single", "columns"), ("average", "correlation"), ("ward", "columns"))
]
market.write("optimizer", "recipes/hierarchy", {"returns": returns[:240], "cases": cases}, scipy)
