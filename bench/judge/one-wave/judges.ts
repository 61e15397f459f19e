import { calibratedThreshold } from './calibration.js';
import { lnAbortEvidence } from '../../../src/domain/judge/evidence.js';
import { lnUpperBeta } from '../../../src/domain/judge/incomplete-beta.js';
import { signalShares } from '../../../src/domain/judge/signals.js';
import { binomialTail, normalTail, OBRIEN_FLEMING } from '../comparators/tails.js';
import { lnLikelihoodRatio, sprtBounds } from '../comparators/sprt.js';
import { ALPHA } from '../origin.js';
import type { Origin } from '../origin.js';
import { accepting, atEveryDevice, atLooks } from './boundary.js';
import type { Boundary } from './boundary.js';

/** A judge of one wave whose devices answer one by one, under a tolerated failure rate. */
export interface OneWaveJudge {
  readonly name: string;
  readonly origin: Origin;
  readonly boundary: (limit: number, devices: number) => Boundary;
}

type AwsCriteria = { readonly threshold: number; readonly fewest: number };

/** Abort criteria of an AWS IoT job: a share of those that have been executed, once there are enough of them. */
const aws = ({ threshold, fewest }: AwsCriteria) =>
  function boundary(_limit: number, devices: number) {
    return atEveryDevice(devices, (k, n) => n >= fewest && k / n >= threshold);
  };

/** hawkBit's error threshold of a group: more failures than that share of the whole group. */
const hawkBit = (threshold: number) => (_limit: number, devices: number) =>
  atEveryDevice(devices, (k) => k > threshold * devices);

const binomial = (level: (devices: number) => number) => (limit: number, devices: number) =>
  atEveryDevice(devices, (k, n) => binomialTail(k, n, limit) <= level(devices));

const binomialLooks = (levels: readonly number[]) =>
  function boundary(limit: number, devices: number) {
    const level = (look: number) => levels[look - 1] ?? 0;
    return atLooks(
      devices,
      levels.length,
      (k, n, look) => binomialTail(k, n, limit) <= level(look),
    );
  };

const evenly = (looks: number, level: (look: number) => number) =>
  Array.from({ length: looks }, (_, i) => level(i + 1));

/** O'Brien and Fleming's levels for evenly spaced looks, one-sided 5 %. */
const oBrienFleming = (looks: keyof typeof OBRIEN_FLEMING) =>
  binomialLooks(
    evenly(looks, (look) => normalTail(OBRIEN_FLEMING[looks] * Math.sqrt(looks / look))),
  );

export const sprt = (alternative: (limit: number) => number, alpha = ALPHA) =>
  function boundary(limit: number, devices: number) {
    const { abort, accept } = sprtBounds({ alpha, beta: 0.1 });
    const ratio = lnLikelihoodRatio(limit, alternative(limit));
    return accepting(
      atEveryDevice(devices, (k, n) => ratio(k, n) >= abort),
      (k, n) => ratio(k, n) <= accept,
    );
  };

/** Evidence with all failure rates above the limit weighted alike; ours gives more weight to the lower ones. */
function lnUniformEvidence(k: number, n: number, limit: number): number {
  const lnLikelihood = k * Math.log(limit) + (n - k) * Math.log1p(-limit);
  return lnUpperBeta(1 + k, 1 + n - k, limit) - Math.log1p(-limit) - lnLikelihood;
}

const FEWEST_FAILURES = 2;

type LnEvidence = (k: number, n: number, limit: number) => number;

/** A judge of a single start, at 1 / alpha if nothing else is said; it needs two failures. */
const evidence = (ln: LnEvidence, thresholdFor?: (limit: number, devices: number) => number) =>
  function boundary(limit: number, devices: number) {
    const threshold = thresholdFor?.(limit, devices) ?? 1 / ALPHA;
    return atEveryDevice(
      devices,
      (k, n) => k >= FEWEST_FAILURES && ln(k, n, limit) >= Math.log(threshold),
    );
  };

/** Our judge without restarts, which goes by the number of failures alone. */
export const ourBoundary = evidence(lnAbortEvidence);

/** Right for one wave of one start whose size is known: the smallest threshold that holds alpha there. */
export const CALIBRATED: OneWaveJudge = {
  name: 'Greenwave, calibrated',
  origin: 'variant',
  boundary: evidence(lnAbortEvidence, (limit, devices) =>
    calibratedThreshold({ limit, devices, risk: ALPHA, fewestFailures: FEWEST_FAILURES }),
  ),
};

const other = (name: string, boundary: OneWaveJudge['boundary']): OneWaveJudge => ({
  name,
  origin: 'other',
  boundary,
});

/** The judges of the exact tables, those of other systems first. */
export const ONE_WAVE_JUDGES: readonly OneWaveJudge[] = [
  other('AWS IoT at the limit, min 10', (limit, devices) =>
    aws({ threshold: limit, fewest: 10 })(limit, devices),
  ),
  other('AWS IoT 10 %, min 10', aws({ threshold: 0.1, fewest: 10 })),
  other('AWS IoT 20 %, min 10', aws({ threshold: 0.2, fewest: 10 })),
  other('AWS IoT 20 %, min 100', aws({ threshold: 0.2, fewest: 100 })),
  other('hawkBit 10 %', hawkBit(0.1)),
  other(
    'binomial, every device',
    binomial(() => ALPHA),
  ),
  other('binomial, once at the end', binomialLooks([ALPHA])),
  other(
    'Bonferroni, every device',
    binomial((devices) => ALPHA / devices),
  ),
  other('Bonferroni, 10 looks', binomialLooks(evenly(10, () => ALPHA / 10))),
  other("O'Brien-Fleming, 5 looks", oBrienFleming(5)),
  other("O'Brien-Fleming, 10 looks", oBrienFleming(10)),
  other(
    'SPRT against twice the limit',
    sprt((limit) => 2 * limit),
  ),
  other(
    'SPRT against twice the limit, half of the risk',
    sprt((limit) => 2 * limit, ALPHA * signalShares.deployment),
  ),
  other(
    'SPRT against 50 %',
    sprt(() => 0.5),
  ),
  { name: 'uniform mixture', origin: 'variant', boundary: evidence(lnUniformEvidence) },
  { name: 'Greenwave, one start, at 20', origin: 'whole', boundary: ourBoundary },
  {
    name: 'Greenwave, one start, at 40',
    origin: 'variant',
    boundary: evidence(lnAbortEvidence, () => 1 / (ALPHA * signalShares.deployment)),
  },
];
