import { expect, test } from '@jest/globals';
import lnBetaOf from '@stdlib/math-base-special-betaln';
import lnRegularised from '@stdlib/stats-base-dists-beta-logcdf';
import * as fc from 'fast-check';
import { lnAbortEvidence, lnPromoteEvidence } from '../../../src/domain/judge/evidence.js';

/** Below this the library's own function leaves the normal numbers of a double: ours doesn't. */
const lnUnderflow = -600;

/** ln of the integral of t^(a-1) (1-t)^(b-1) over (0, x), by the library. */
function lnIntegral(a: number, b: number, x: number): number {
  const regularised = lnRegularised(x, a, b);
  fc.pre(regularised > lnUnderflow);
  return regularised + lnBetaOf(a, b);
}

const lnLikelihood = (k: number, n: number, p: number) =>
  k * Math.log(p) + (n - k) * Math.log1p(-p);

const observed = fc.integer({ min: 1, max: 400 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    k: fc.nat({ max: n }),
    limit: fc.double({ min: 0.001, max: 0.6, noNaN: true }),
  }),
);

test('evidence for an abort is what another library makes of it', () => {
  fc.assert(
    fc.property(observed, ({ k, n, limit }) => {
      const theirs =
        lnIntegral(n - k + 1, k + 0.5, 1 - limit) -
        lnIntegral(1, 0.5, 1 - limit) -
        lnLikelihood(k, n, limit);
      expect(Math.abs(lnAbortEvidence(k, n, limit) - theirs)).toBeLessThan(1e-9);
    }),
    { numRuns: 500 },
  );
});

test('evidence for a promotion is what another library makes of it', () => {
  fc.assert(
    fc.property(observed, ({ k, n, limit }) => {
      const theirs =
        lnIntegral(k + 0.5, n - k + 1, limit) -
        lnIntegral(0.5, 1, limit) -
        lnLikelihood(k, n, limit);
      expect(Math.abs(lnPromoteEvidence(k, n, limit) - theirs)).toBeLessThan(1e-9);
    }),
    { numRuns: 500 },
  );
});
