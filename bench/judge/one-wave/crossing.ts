import { FailureWalk } from '../../../src/domain/judge/failure-walk.js';
import type { Part } from '../../../src/domain/judge/failure-walk.js';
import type { Boundary } from './boundary.js';

/** What becomes of a wave: exact probabilities and expectations. */
export interface Crossing {
  readonly aborted: number;
  /** Ended in the release's favour. */
  readonly accepted: number;
  /** Devices that had failed when it ended. */
  readonly failed: number;
  /** Devices that had answered by then. */
  readonly devices: number;
  /** The number of devices by which half of the aborts have come; undefined if there are none. */
  readonly medianDevices: number | undefined;
}

/** What becomes of a wave in which every device fails at this rate, independently of the others. */
export function crossing({ abortAt, acceptAt }: Boundary, rate: number): Crossing {
  const walk = new FailureWalk(rate);
  const sums = { aborted: 0, accepted: 0, failed: 0, devices: 0 };
  const end = (n: number, { chance, failures }: Part) => {
    sums.failed += failures;
    sums.devices += chance * n;
    return chance;
  };
  const abortedBy = abortAt.map((failures, i) => {
    walk.step();
    sums.aborted += end(i + 1, walk.takeFrom(failures));
    sums.accepted += end(i + 1, walk.takeUpTo(acceptAt[i] ?? -Infinity));
    return sums.aborted;
  });
  end(abortAt.length, walk.left);
  const half = abortedBy.findIndex((by) => by >= sums.aborted / 2);
  return { ...sums, medianDevices: sums.aborted > 0 ? half + 1 : undefined };
}
