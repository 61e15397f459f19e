import { readFile } from 'node:fs/promises';
import { parseRolloutFile } from '../src/domain/rollout-file.js';
import type { RolloutFile } from '../src/domain/rollout-file.js';
import { readYaml } from '../src/files/yaml-text.js';
import { UsageError } from './arguments.js';

/** A rollout file: as written, which is what the state machine is given, and as it is understood. */
export interface RolloutSource {
  readonly path: string;
  readonly written: unknown;
  readonly file: RolloutFile;
}

const NO_FILE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'this file may not be read',
};

/** The text of a file; throws a UsageError that names it. */
export function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = NO_FILE[cause.code ?? ''] ?? cause.message;
    throw new UsageError(`${path}: ${why}`, { cause });
  });
}

/** Reads YAML or JSON; throws a UsageError that names file, line and column of every place that is neither. */
export function parseYaml(text: string, path: string): unknown {
  const read = readYaml(text, path);
  if ('value' in read) return read.value;
  throw new UsageError(read.problems.join('\n'));
}

/** Reads a rollout file. What is wrong with it is one line per problem. */
export async function readRolloutSource(path: string): Promise<RolloutSource> {
  const written = parseYaml(await readText(path), path);
  return { path, written, file: parseRolloutFile(written, path) };
}
