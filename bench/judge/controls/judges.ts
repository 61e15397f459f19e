import { ComparisonJudge } from './comparison-judge.js';
import { lnUpperBeta } from '../../../src/domain/judge/incomplete-beta.js';
import { mannWhitney } from '../comparators/kayenta.js';
import { multinomialEvidence } from '../comparators/multinomial.js';
import { normalQuantile, OBRIEN_FLEMING } from '../comparators/tails.js';
import { pooledZ } from '../comparators/two-proportions.js';
import { ALPHA } from '../origin.js';
import type { Origin } from '../origin.js';
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

interface OurComparison {
  readonly controls: number;
  /** How much more often a canary may fail. */
  readonly difference: number;
  readonly risk?: number;
}

/** Our judge beside so many of the controls. */
const ours = ({ controls, difference, risk = ALPHA }: OurComparison) =>
  function watch(): ControlsWatch {
    const judge = new ComparisonJudge({ ratio: 1, difference });
    return ({ canaryFailed, controlsFailed }) => {
      const failed = controlsFailed.slice(0, controls).filter(Boolean).length;
      const block = { hasFailed: canaryFailed, controls, controlsFailed: failed };
      return judge.add(block).evidence >= 1 / risk;
    };
  };

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
  { name: 'Greenwave, 1 control', origin: 'variant', watch: ours({ controls: 1, difference: 0 }) },
  {
    name: 'Greenwave, 3 % worse tolerated',
    origin: 'variant',
    watch: ours({ controls: CONTROLS_PER_CANARY, difference: 0.03 }),
  },
  {
    name: 'Greenwave, a quarter of the risk',
    origin: 'variant',
    watch: ours({ controls: CONTROLS_PER_CANARY, difference: 0, risk: ALPHA / 4 }),
  },
  {
    name: 'Greenwave',
    origin: 'ours',
    watch: ours({ controls: CONTROLS_PER_CANARY, difference: 0 }),
  },
];
