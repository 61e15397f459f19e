import { crossing } from './plain-crossing.js';

/** What a threshold is calibrated for. */
export interface Calibration {
  /** The failure rate that is tolerated, over 0 and under 1. */
  readonly limit: number;
  /** How probable it may be that a release at the limit is aborted. */
  readonly risk: number;
  readonly devices: number;
  readonly fewestFailures: number;
}

/** Halvings of ln(1 / risk): far closer than evidence is ever compared. */
const halvings = 40;

/**
 * The smallest threshold under which a release at its limit is aborted with a probability of at most `risk` over so many devices:
 * less than 1 / risk, for that holds over any number. It is right for one start, one signal and independent devices only; with
 * waves, signals or platforms the threshold is 1 / risk.
 */
export function calibratedThreshold({ limit, risk, devices, fewestFailures }: Calibration): number {
  let low = 0;
  let high = Math.log(1 / risk);
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    const test = { limit, threshold: Math.exp(middle), fewestFailures };
    if (crossing(test, devices, limit).aborted <= risk) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}
