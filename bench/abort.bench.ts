import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { devicesHit } from '../cli/demo/device-states.js';
import { table } from '../cli/output.js';
import { parseRolloutFile } from '../src/domain/rollout-file.js';
import { BAD_VERSION, COMPONENT, exampleWorld } from './example-worlds.js';
import { readOptions } from './options.js';
import { tellProgress } from './progress.js';
import { meanOf, quantile, type Share, shareOf, spellShare } from './statistics.js';
import { runJobs, serveJobs } from './workers.js';
import { runWorld, workerHost, type RunWorld } from './world.js';

/**
 * How soon a bad release is aborted, and how often one within the limit is: each seed is a whole rollout in a local
 * cloud of its own. Exit code 0 only if every target is met.
 */

const STUDIES = { bad: 0.3, good: 0.02 } as const;
type Study = keyof typeof STUDIES;

/** What is wanted: aborted before so many devices had it, in at least such a share of the worlds. */
const SOON = { devices: 25, share: 0.7 };
const SURELY = { devices: 60, share: 0.95 };

const Ending = z.strictObject({
  study: z.enum(['bad', 'good']),
  seed: z.number(),
  phase: z.string(),
  /** Devices on which the release was started. */
  hit: z.number(),
  reason: z.string(),
});
type Ending = z.infer<typeof Ending>;

async function runJob(job: string): Promise<Ending> {
  const [name, seedText] = job.split(' ');
  const study = Ending.shape.study.parse(name);
  const seed = Number(seedText);
  const ending = ({ cloud, rollout }: RunWorld): Ending => ({
    study,
    seed,
    phase: rollout.phase,
    hit: devicesHit(cloud, COMPONENT, BAD_VERSION).size,
    reason: rollout.endReason ?? rollout.judgement?.reason ?? '',
  });
  return runWorld(exampleWorld(seed, STUDIES[study]), ending, await workerHost());
}

interface Line {
  readonly what: string;
  readonly share: Share;
  readonly wanted?: { readonly text: string; readonly isMet: boolean };
}

function badLines(endings: readonly Ending[]): Line[] {
  const aborted = endings.filter(({ phase }) => phase === 'Aborted');
  const held = endings.filter(({ phase }) => phase === 'Held');
  const before = (
    what: string,
    ended: readonly Ending[],
    { devices, share: wanted }: typeof SOON,
  ): Line => {
    const share = shareOf(ended.filter(({ hit }) => hit < devices).length, endings.length);
    const isMet = share.share >= wanted;
    const text = `at least ${wanted * 100} %`;
    return { what: `${what} before ${devices} devices had it`, share, wanted: { text, isMet } };
  };
  return [
    before('aborted', aborted, SOON),
    before('aborted', aborted, SURELY),
    // Nobody gets a release that is held: a person decides.
    { what: 'ended in Hold', share: shareOf(held.length, endings.length) },
  ];
}

function goodLines(endings: readonly Ending[], risk: number): Line[] {
  const of = (phase: string) =>
    shareOf(endings.filter((ending) => ending.phase === phase).length, endings.length);
  const aborted = of('Aborted');
  const text = `at most ${risk * 100} %`;
  return [
    { what: 'aborted', share: aborted, wanted: { text, isMet: aborted.share <= risk } },
    { what: 'ended in Hold', share: of('Held') },
    { what: 'promoted', share: of('Promoted') },
  ];
}

const linesOf = (title: string, lines: readonly Line[]) => [
  title,
  ...table(
    ['', 'share ± standard error', 'worlds', 'wanted', ''],
    lines.map(({ what, share, wanted }) => [
      what,
      spellShare(share),
      `${share.count} of ${share.of}`,
      wanted?.text ?? '',
      wanted ? (wanted.isMet ? 'met' : 'MISSED') : '',
    ]),
  ),
  '',
];

function spread(endings: readonly Ending[]) {
  const hits = endings.map(({ hit }) => hit);
  const { mean, standardError } = meanOf(hits);
  const at = (share: number) => quantile(hits, share);
  return {
    ...{ minimum: at(0), quarter: at(0.25), median: at(0.5), threeQuarters: at(0.75) },
    ...{ ninety: at(0.9), ninetyFive: at(0.95), maximum: at(1), mean, standardError },
  };
}

async function main(): Promise<number> {
  const { seeds, json } = readOptions(100);
  const { rollout } = exampleWorld(1, 0);
  const { health } = parseRolloutFile(rollout, 'rollout-bad.yaml').strategy;
  const jobs = Array.from({ length: seeds }, (_, i) => [`bad ${i + 1}`, `good ${i + 1}`]).flat();
  const progress = tellProgress(jobs.length);
  const endings: Ending[] = [];
  const start = performance.now();
  await runJobs(jobs, (job, result) => {
    const ending = Ending.parse(result);
    endings.push(ending);
    progress(`${job}: ${ending.phase}, ${ending.hit} devices hit`);
  });
  const wallSeconds = (performance.now() - start) / 1000;
  const byStudy = (name: Study) =>
    endings.filter(({ study }) => study === name).sort((a, b) => a.seed - b.seed);
  const bad = badLines(byStudy('bad'));
  const good = goodLines(byStudy('good'), health.falseAbortRisk);
  const hits = spread(byStudy('bad'));
  const report = { seeds, wallSeconds, limitPercent: health.maxFailurePercent, bad, hits, good };
  if (json) writeFileSync(json, JSON.stringify({ ...report, endings }, undefined, 2));
  const limit = `(limit ${health.maxFailurePercent} %)`;
  const lines = [
    '',
    ...linesOf(`A release that fails on 30 % of 200 devices ${limit}:`, bad),
    ...table(
      ['devices hit', ...Object.keys(hits)],
      [['', ...Object.values(hits).map((value) => Math.round(value * 10) / 10)]],
    ),
    '',
    ...linesOf(`A release that fails on 2 % of 200 devices ${limit}:`, good),
    `${jobs.length} rollouts in ${wallSeconds.toFixed(0)} s.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return [...bad, ...good].every(({ wanted }) => wanted?.isMet !== false) ? 0 : 1;
}

if (!serveJobs(runJob)) process.exitCode = await main();
