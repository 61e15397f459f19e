import { ComparisonJudge } from './comparison-judge.js';
import { lnUpperBeta } from '../../../src/domain/judge/incomplete-beta.js';
import { mannWhitney } from '../comparators/kayenta.js';
import { multinomialEvidence } from '../comparators/multinomial.js';
import { normalQuantile, OBRIEN_FLEMING } from '../comparators/tails.js';
import { pooledZ } from '../comparators/two-proportions.js';
import { comparison } from '../../../src/domain/judge/comparison.js';
import { signalShares } from '../../../src/domain/judge/signals.js';
import { ALPHA } from '../origin.js';
import type { Origin } from '../origin.js';
import { ourJudge } from '../our-judge.js';
import { CANARIES, CONTROLS_PER_CANARY } from './blocks.js';
import type { Block } from './blocks.js';

/** Failures so far, canaries and controls. */
interface Counts {
  readonly canaries: number;
  readonly failed: number;
  readonly controls: number;
  readonly controlsFailed: number;
}

/** Asked after every block; true aborts. */
export type ControlsWatch = (block: Block, counts: Counts) => boolean;

export interface ControlsJudge {
  readonly name: string;
  readonly origin: Origin;
  readonly watch: () => ControlsWatch;
}

const enough = -Math.log(ALPHA);

const z = ({ canaries, failed, controls, controlsFailed }: Counts) =>
  pooledZ({
    canary: { failed, devices: canaries },
    control: { failed: controlsFailed, devices: controls },
  });

/** Evidence that of pairs of which just one failed it is the canary in more than half; the first control is the other one. */
function pairs(): ControlsWatch {
  let [n, k] = [0, 0];
  return ({ canaryFailed, controlsFailed }) => {
    if (canaryFailed === controlsFailed[0]) return false;
    n += 1;
    if (canaryFailed) k += 1;
    // All rates above 1/2 weighted alike.
    return lnUpperBeta(1 + k, 1 + n - k, 0.5) + Math.LN2 + n * Math.LN2 >= enough;
  };
}

/** Failures come from canaries as often as there are canaries, if nothing is wrong. */
function failuresByArm(): ControlsWatch {
  const share = 1 / (1 + CONTROLS_PER_CANARY);
  const failureOf = multinomialEvidence([share, 1 - share]);
  let ln = 0;
  return ({ canaryFailed, controlsFailed }, { canaries, failed, controls, controlsFailed: of }) => {
    if (canaryFailed) ln = failureOf(0);
    controlsFailed.filter(Boolean).forEach(() => (ln = failureOf(1)));
    return ln >= enough && failed / canaries > of / controls;
  };
}

function kayenta(): ControlsWatch {
  const judge = mannWhitney({ canaries: 10, controls: 10 * CONTROLS_PER_CANARY });
  let before = { failed: 0, controlsFailed: 0 };
  return (_, { canaries, failed, controlsFailed }) => {
    if (canaries % 10 > 0) return false;
    const bucket = [failed - before.failed, controlsFailed - before.controlsFailed] as const;
    before = { failed, controlsFailed };
    return judge(...bucket);
  };
}

interface BlocksCompared {
  readonly controls: number;
  /** How much more often a canary may fail. */
  readonly difference: number;
}

/** Turner, Ly and Grünwald's comparison of a canary with so many of its controls. */
const blocks = ({ controls, difference }: BlocksCompared) =>
  function watch(): ControlsWatch {
    const judge = new ComparisonJudge({ ratio: 1, difference });
    return ({ canaryFailed, controlsFailed }) => {
      const failed = controlsFailed.slice(0, controls).filter(Boolean).length;
      const block = { hasFailed: canaryFailed, controls, controlsFailed: failed };
      return judge.add(block).evidence >= 1 / ALPHA;
    };
  };

/** The comparison that ships, by itself: a canary and its controls are a look. */
const beside = (risk: number) =>
  function watch(): ControlsWatch {
    const evidenceAfter = comparison();
    let evidence = 1;
    return ({ canaryFailed, controlsFailed }) => {
      const failed = controlsFailed.filter(Boolean).length;
      if (canaryFailed || failed > 0)
        evidence = evidenceAfter({
          canaries: 1,
          canariesFailed: canaryFailed ? 1 : 0,
          controls: CONTROLS_PER_CANARY,
          controlsFailed: failed,
        });
      return evidence >= 1 / risk;
    };
  };

/** What the signal of UNHEALTHY devices may err. */
const HEALTH_RISK = ALPHA * signalShares.health;

/** What a release may fail, whatever controls do: the judge that ships aborts none that keeps to it. */
export const LIMIT = 0.05;

/** The judge of UNHEALTHY devices as it ships: more than the limit allows, and more than befalls the controls. */
function shipped(): ControlsWatch {
  const planned = CANARIES * (1 + CONTROLS_PER_CANARY);
  const plan = { limit: LIMIT, planned, waves: 1, risk: HEALTH_RISK, platforms: [] };
  const overLimit = ourJudge(plan);
  const overControls = beside(HEALTH_RISK)();
  let isOver = false;
  overLimit.beginWave();
  return (block, counts) => {
    const rank = overLimit.expose();
    if (block.canaryFailed) isOver = overLimit.fail(rank);
    return overControls(block, counts) && isOver;
  };
}

const other = (name: string, aborts: ControlsWatch): ControlsJudge => ({
  name,
  origin: 'other',
  watch: () => aborts,
});

const oneSided = normalQuantile(ALPHA);
const bonferroni = normalQuantile(ALPHA / CANARIES);
const looks = 5;
/** O'Brien and Fleming's bound at the last of five looks. */
const lastBound = OBRIEN_FLEMING[5];

/** The judges of canaries against controls, those of other systems first. */
export const CONTROLS_JUDGES: readonly ControlsJudge[] = [
  other(
    'AWS IoT 10 %, min 10',
    (_, { canaries, failed }) => canaries >= 10 && failed / canaries >= 0.1,
  ),
  { name: 'Kayenta, Mann-Whitney 98 %', origin: 'other', watch: kayenta },
  other('z-test, every canary', (_, counts) => z(counts) > oneSided),
  other('z-test, Bonferroni', (_, counts) => z(counts) > bonferroni),
  other("z-test, O'Brien-Fleming, 5 looks", (_, counts) => {
    const look = (counts.canaries * looks) / CANARIES;
    return Number.isInteger(look) && z(counts) > lastBound * Math.sqrt(looks / look);
  }),
  { name: 'Lindon-Malek', origin: 'other', watch: failuresByArm },
  { name: 'McNemar pairs', origin: 'other', watch: pairs },
  { name: 'blocks, 1 control', origin: 'variant', watch: blocks({ controls: 1, difference: 0 }) },
  {
    name: 'blocks, 3 % worse tolerated',
    origin: 'variant',
    watch: blocks({ controls: CONTROLS_PER_CANARY, difference: 0.03 }),
  },
  {
    name: 'blocks',
    origin: 'variant',
    watch: blocks({ controls: CONTROLS_PER_CANARY, difference: 0 }),
  },
  { name: 'Greenwave, log-rank alone, at 20', origin: 'whole', watch: beside(ALPHA) },
  { name: 'Greenwave, log-rank alone, at 80', origin: 'variant', watch: beside(HEALTH_RISK) },
  { name: 'Greenwave', origin: 'ours', watch: shipped },
];
