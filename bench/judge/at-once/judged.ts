import { ourJudge, ourVariants } from '../our-judge.js';
import type { OurPlan } from '../our-judge.js';
import type { Ended } from '../study.js';

/** Devices that answer one by one, in exposure order: who of them fails. */
export interface AtOnce {
  readonly fails: readonly boolean[];
  /** After how many devices the second and later waves begin. */
  readonly waveStarts: readonly number[];
  /** Only failures among later devices are counted as broken. */
  readonly countedAfter?: number;
}

/** Our judge over them until it aborts. */
function judgedAtOnce(plan: OurPlan, { fails, waveStarts, countedAfter = 0 }: AtOnce): Ended {
  const judge = ourJudge(plan);
  let failed = 0;
  judge.beginWave();
  for (const [place, isFailure] of fails.entries()) {
    if (waveStarts.includes(place)) judge.beginWave();
    const rank = judge.expose();
    if (!isFailure) continue;
    if (place >= countedAfter) failed += 1;
    if (judge.fail(rank)) return { aborted: true, failed };
  }
  return { aborted: false, failed };
}

/** The devices under our judge and its variants. */
export const judgedByOurs = (plan: OurPlan, devices: AtOnce): Record<string, Ended> =>
  Object.fromEntries(
    ourVariants(plan).map((variant) => [variant.name, judgedAtOnce(variant.plan, devices)]),
  );
