import { named } from '../study.js';
import type { Ended, Study } from '../study.js';
import { CONTROLS_PER_CANARY, drawBlocks, RATES } from './blocks.js';
import type { Block } from './blocks.js';
import { CONTROLS_JUDGES } from './judges.js';
import type { ControlsWatch } from './judges.js';

const failures = (of: readonly boolean[]) => of.filter(Boolean).length;

/** The blocks under one judge until it aborts. */
function judged(blocks: readonly Block[], aborts: ControlsWatch): Ended {
  let counts = { canaries: 0, failed: 0, controls: 0, controlsFailed: 0 };
  for (const block of blocks) {
    counts = {
      canaries: counts.canaries + 1,
      failed: counts.failed + (block.canaryFailed ? 1 : 0),
      controls: counts.controls + CONTROLS_PER_CANARY,
      controlsFailed: counts.controlsFailed + failures(block.controlsFailed),
    };
    if (aborts(block, counts)) return { aborted: true, failed: counts.failed };
  }
  return { aborted: false, failed: counts.failed };
}

/** Table C: canaries against devices that don't have the release yet. */
export const controlsStudy: Study = {
  table: 'controls',
  judges: CONTROLS_JUDGES,
  scenarios: Object.keys(RATES).map((column) => ({ column })),
  times: () => 20 / 3,
  run({ column }, random) {
    const blocks = drawBlocks(random, named(RATES, column));
    return Object.fromEntries(
      CONTROLS_JUDGES.map(({ name, watch }) => [name, judged(blocks, watch())]),
    );
  },
};
