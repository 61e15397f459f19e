import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { table } from '../cli/output.js';
import { endStates } from './notification-worlds.js';
import { readOptions } from './options.js';
import { tellProgress } from './progress.js';
import { runJobs, serveJobs } from './workers.js';
import { workerHost } from './world.js';

/** Whether lost, doubled and late notifications change what a rollout leads to. Exit code 0 only if they never do. */

const Ending = z.strictObject({
  seed: z.number(),
  plain: z.string(),
  faulty: z.string(),
  isSame: z.boolean(),
});
type Ending = z.infer<typeof Ending>;

async function runJob(job: string): Promise<Ending> {
  const seed = Number(job);
  const { plain, faulty } = await endStates(seed, await workerHost());
  const isSame = isDeepStrictEqual(plain, faulty);
  return { seed, plain: plain.phase, faulty: faulty.phase, isSame };
}

async function main(): Promise<number> {
  const { seeds, json } = readOptions(50);
  const progress = tellProgress(seeds);
  const endings: Ending[] = [];
  const jobs = Array.from({ length: seeds }, (_, i) => String(i + 1));
  await runJobs(jobs, (job, result) => {
    const ending = Ending.parse(result);
    endings.push(ending);
    progress(`seed ${job}: ${ending.plain}, ${ending.isSame ? 'the same' : 'NOT the same'}`);
  });
  endings.sort((a, b) => a.seed - b.seed);
  if (json) writeFileSync(json, JSON.stringify({ seeds, endings }, undefined, 2));
  const different = endings.filter(({ isSame }) => !isSame);
  const count = (phase: string) => endings.filter(({ plain }) => plain === phase).length;
  const lines = [
    '',
    ...table(
      ['worlds', 'promoted', 'aborted', 'another end with faults'],
      [[endings.length, count('Promoted'), count('Aborted'), different.length]],
    ),
    ...different.map(({ seed, plain, faulty }) => `seed ${seed}: ${plain}, with faults ${faulty}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return different.length === 0 ? 0 : 1;
}

if (!serveJobs(runJob)) process.exitCode = await main();
