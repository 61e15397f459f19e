import { join } from 'node:path';
import * as z from 'zod';
import { startLocalCloud } from '../../local/main.js';
import { command, common } from '../arguments.js';
import { connectWith, LOCAL_DEFAULTS } from '../clients.js';
import { playBadRollout } from '../demo/bad-rollout.js';
import { playGoodRollout } from '../demo/good-rollout.js';
import { playRemediation } from '../demo/remediation-act.js';
import { perService } from '../demo/calls.js';
import { DEEDS } from '../demo/remediation-week.js';
import { playRelease, type ReleaseReport } from '../demo/release-act.js';
import { remediationLines } from '../demo/remediation-report.js';
import { checkLines, isGood, reportLines } from '../demo/report.js';
import type { DemoReport } from '../demo/report.js';
import type { Stage } from '../demo/stage.js';
import { spell, table } from '../output.js';
import { packageRoot } from '../package-root.js';
import { readRolloutSource } from '../rollout-source.js';
import { INTERRUPTED } from '../terminal.js';

const DAYS = 7;

const example = (name: string) => join(packageRoot, 'examples', name);

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

type What = 'release' | 'remediation' | undefined;

async function showRelease(stage: Stage): Promise<number> {
  const { terminal, isSilent } = stage;
  if (!isSilent) terminal.err('A signed webhook says that thermostat 1.3.0 is released ...');
  const report = await playRelease(stage, example('release'));
  if (stage.signal.aborted) return INTERRUPTED;
  return tell(report, releaseLines(report, terminal.hasColour), stage);
}

async function showRemediation(stage: Stage, wallStart: number): Promise<number> {
  const { terminal, isSilent } = stage;
  if (!isSilent)
    terminal.err('A week of 500 core devices, looked after every 15 minutes: about a minute ...');
  const report = await playRemediation(stage, { days: DAYS, deeds: DEEDS }, wallStart);
  if (!report) return INTERRUPTED;
  return tell(report, remediationLines(report, terminal.hasColour), stage);
}

async function showRollouts(stage: Stage, wallStart: number): Promise<number> {
  const report = await show(stage, wallStart);
  if (!report || stage.signal.aborted) return INTERRUPTED;
  return tell(report, reportLines(report, stage.terminal.hasColour), stage);
}

/** Plays one of the demonstrations; answers the exit code. */
function play(stage: Stage, wallStart: number, what: What): Promise<number> {
  if (what === 'release') return showRelease(stage);
  return what === 'remediation'
    ? showRemediation(stage, wallStart)
    : showRollouts(stage, wallStart);
}

export const demo = command({
  name: 'demo',
  summary:
    'Shows a good and a bad rollout over the example fleet, in a local cloud of its own. Needs nothing set up.',
  argument: { key: 'what', label: '[release | remediation]', isOptional: true },
  input: z.strictObject({
    ...common,
    what: z
      .enum(['release', 'remediation'], 'is the word release or remediation, or left out')
      .optional(),
  }),
  notes: [
    'Rolls examples/rollout.yaml out to examples/fleet.yaml in virtual time, then examples/rollout-bad.yaml, which is',
    'aborted and taken back; moves time on until the devices that were away have returned, and checks what is left.',
    'With release, a signed webhook comes in ten times at once, and twice forged: examples/release.',
    'With remediation, a week goes by over 500 devices that break, hang, fall silent and fail, looked after by the schedule that is',
    'deployed: examples/remediation/fleet.yaml.',
    'Exit code 0 only if all is as it has to be.',
  ],
  example: 'greenwave demo',
  async run({ what, stage, json }, terminal) {
    const wallStart = performance.now();
    const signal = terminal.interrupted();
    const cloud = await startLocalCloud({
      fleet: example(what === 'remediation' ? 'remediation/fleet.yaml' : 'fleet.yaml'),
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
      return await play(on, wallStart, what);
    } finally {
      await cloud.close();
    }
  },
});
