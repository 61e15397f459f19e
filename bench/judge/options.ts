import { parseArgs } from 'node:util';
import * as z from 'zod';
import { TableName } from './results.js';

/** What the documents are made from. */
const DEFAULT_RUNS = 100;
const FULL_RUNS = 300;

const Options = z.strictObject({
  runs: z.coerce.number().int().positive(),
  seed: z.coerce.number().int(),
  tables: z.array(TableName),
  json: z.string().optional(),
  /** Whether the pages below docs are written anew. */
  isWhole: z.boolean(),
  help: z.boolean(),
});
export type JudgeOptions = z.infer<typeof Options>;

export const HELP = `usage: npm run bench -- judge [--runs N | --full] [--table NAME]... [--seed N] [--json FILE]

Our judge beside those of others: how often a good release is aborted, and how many devices a bad one breaks. Without
--runs, --table and --seed it also writes docs/judge/ and the generated parts of docs/judge.md.

  --runs N      simulated rollouts for each number (${DEFAULT_RUNS}; where it is quick or false aborts are counted, more)
  --full        ${FULL_RUNS} of them, and 2000 beside controls
  --table NAME  only this one: ${TableName.options.join(', ')}
  --seed N      of the simulations (1)
  --json FILE   the numbers, also to this file

Exit code 0 only if our judge aborts no more good releases than it may. Where others break fewer devices it says MISSED.
`;

const readArguments = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string' },
      full: { type: 'boolean', default: false },
      table: { type: 'string', multiple: true },
      seed: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;

/** What the bench is told on its command line, or what is wrong with it. */
export function readJudgeOptions(args: readonly string[]): JudgeOptions | { problem: string } {
  try {
    const { runs, full, table, seed, json, help } = readArguments(args);
    return Options.parse({
      runs: runs ?? (full ? FULL_RUNS : DEFAULT_RUNS),
      seed: seed ?? 1,
      tables: table ?? TableName.options,
      isWhole: runs === undefined && table === undefined && seed === undefined,
      help,
      ...(json !== undefined && { json }),
    });
  } catch (error) {
    if (error instanceof z.ZodError) return { problem: z.prettifyError(error) };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
