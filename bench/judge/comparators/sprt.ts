/** Wald's sequential probability ratio test: ln of how much better the second rate explains k failures of n. */
export const lnLikelihoodRatio = (tolerated: number, alternative: number) => {
  const perFailure = Math.log(alternative / tolerated);
  const perSuccess = Math.log1p(-alternative) - Math.log1p(-tolerated);
  return (k: number, n: number): number => k * perFailure + (n - k) * perSuccess;
};

/** Where Wald's test stops, for the probabilities of a wrong abort and of a wrong acceptance. */
export const sprtBounds = ({ alpha, beta }: { alpha: number; beta: number }) => ({
  abort: Math.log((1 - beta) / alpha),
  accept: Math.log(beta / (1 - alpha)),
});
