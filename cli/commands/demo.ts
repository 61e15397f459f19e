import { join } from 'node:path';
import * as z from 'zod';
import { startLocalCloud } from '../../local/main.js';
import { command, common } from '../arguments.js';
import { connectWith, LOCAL_DEFAULTS } from '../clients.js';
import { playBadRollout } from '../demo/bad-rollout.js';
import { playGoodRollout } from '../demo/good-rollout.js';
import { playRelease, type ReleaseReport } from '../demo/release-act.js';
import { checkLines, isGood, reportLines } from '../demo/report.js';
import type { DemoReport } from '../demo/report.js';
import type { Stage } from '../demo/stage.js';
import { spell, table } from '../output.js';
import { packageRoot } from '../package-root.js';
import { readRolloutSource } from '../rollout-source.js';
import { INTERRUPTED } from '../terminal.js';

const example = (name: string) => join(packageRoot, 'examples', name);

/** How often the demonstration itself asks whether the rollout is over depends on this machine's speed. */
const OWN_CALL = 'StepFunctions.DescribeExecution';

const perService = (calls: Record<string, number>) => {
  const sums: Record<string, number> = {};
  for (const [name, number] of Object.entries(calls)) {
    if (name === OWN_CALL) continue;
    const [service = name] = name.split('.');
    sums[service] = (sums[service] ?? 0) + number;
  }
  return sums;
};

/** Both rollouts, one after the other, over the same fleet; undefined when aborted by Ctrl-C. */
async function show(stage: Stage, wallStart: number): Promise<DemoReport | undefined> {
  const { cloud, terminal, isSilent } = stage;
  const good = await readRolloutSource(example('rollout.yaml'));
  const bad = await readRolloutSource(example('rollout-bad.yaml'));
  const virtualStart = cloud.clock.now();
  const first = await playGoodRollout(stage, good);
  if (!first) return undefined;
  if (!isSilent) terminal.err('Now a release that fails on three devices in ten ...');
  const second = await playBadRollout(stage, bad);
  return (
    second && {
      acts: [first.act, second.act],
      virtualSeconds: Math.round((cloud.clock.now() - virtualStart) / 1000),
      wallSeconds: (performance.now() - wallStart) / 1000,
      calls: perService(cloud.calls()),
      checks: [...first.checks, ...second.checks],
    }
  );
}

const releaseLines = (report: ReleaseReport, hasColour: boolean): string[] => [
  `Release ${report.releaseId}: ${report.rollouts.map(({ id, phase }) => `${id} ${phase}`).join(', ')}`,
  ...table(['answer', 'times'], Object.entries(report.answers)),
  '',
  ...table(['version', 'devices'], Object.entries(report.versions)),
  '',
  `${spell(report.virtualSeconds)} of the cloud's time until the rollout had ended.`,
  '',
  ...checkLines(report, hasColour),
];

/** A report as JSON, or as these lines; answers the exit code. */
function tell(
  report: Pick<DemoReport, 'checks'>,
  lines: readonly string[],
  { terminal, isSilent }: Stage,
) {
  const shown = isSilent ? [JSON.stringify(report, undefined, 2)] : ['', ...lines];
  shown.forEach((line) => {
    terminal.out(line);
  });
  return isGood(report) ? 0 : 1;
}

/** Plays one of the demonstrations; answers the exit code. */
async function play(stage: Stage, wallStart: number, isRelease: boolean): Promise<number> {
  const { terminal, signal } = stage;
  if (isRelease) {
    if (!stage.isSilent)
      terminal.err('A signed webhook says that thermostat 1.3.0 is released ...');
    const report = await playRelease(stage, example('release'));
    return signal.aborted
      ? INTERRUPTED
      : tell(report, releaseLines(report, terminal.hasColour), stage);
  }
  const report = await show(stage, wallStart);
  if (!report || signal.aborted) return INTERRUPTED;
  return tell(report, reportLines(report, terminal.hasColour), stage);
}

export const demo = command({
  name: 'demo',
  summary:
    'Shows a good and a bad rollout over the example fleet, in a local cloud of its own. Needs nothing set up.',
  argument: { key: 'what', label: '[release]', isOptional: true },
  input: z.strictObject({
    ...common,
    what: z.literal('release', 'is the word release, or left out').optional(),
  }),
  notes: [
    'Rolls examples/rollout.yaml out to examples/fleet.yaml in virtual time, then examples/rollout-bad.yaml, which is',
    'aborted and taken back; moves time on until the devices that were away have returned, and checks what is left.',
    'With release, a signed webhook comes in ten times at once, and twice forged: examples/release.',
    'Exit code 0 only if all is as it has to be.',
  ],
  example: 'greenwave demo',
  async run({ what, stage, json }, terminal) {
    const wallStart = performance.now();
    const signal = terminal.interrupted();
    const cloud = await startLocalCloud({
      fleet: example('fleet.yaml'),
      port: 0,
      timeScale: 'max',
      stage,
      root: packageRoot,
    });
    try {
      const { region } = cloud.emulator;
      const { credentials } = LOCAL_DEFAULTS;
      const connections = connectWith(stage, { endpoint: cloud.url, region, credentials });
      const on = { cloud, connections, stage, signal, terminal, isSilent: json };
      return await play(on, wallStart, what === 'release');
    } finally {
      await cloud.close();
    }
  },
});
