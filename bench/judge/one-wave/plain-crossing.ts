import { AbortBoundary } from './abort-boundary.js';
import type { PlainTest } from './abort-boundary.js';
import { FailureWalk } from '../../../src/domain/judge/failure-walk.js';

/** What becomes of a release under a test. */
export interface Crossing {
  /** The chance that it is ever aborted. */
  readonly aborted: number;
  /** Failed devices to be expected when it is aborted, or at the end. */
  readonly failed: number;
  /** Half of its aborts come within so many devices; undefined where there are none. */
  readonly medianDevices: number | undefined;
}

/** What is left of the walk isn't worth going on for. */
const over = 1e-14;

/**
 * What a test makes of a release that fails on each of so many devices with the same probability, answers coming at once: exact, by
 * the chances of all numbers of failures, device by device.
 */
export function crossing(test: PlainTest, devices: number, failureRate: number): Crossing {
  const boundary = new AbortBoundary(test);
  const walk = new FailureWalk(failureRate);
  const abortsBy: number[] = [];
  let aborted = 0;
  let failed = 0;
  for (let n = 1; n <= devices && aborted < 1 - over; n += 1) {
    walk.step();
    const { chance, failures } = walk.takeFrom(boundary.at(n));
    aborted += chance;
    failed += failures;
    abortsBy.push(aborted);
  }
  const half = abortsBy.findIndex((by) => by >= aborted / 2);
  return {
    aborted,
    failed: failed + walk.left.failures,
    medianDevices: aborted > 0 ? half + 1 : undefined,
  };
}
