import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseReleaseFile } from '../src/domain/release/release-file.js';
import { versionOf } from '../src/domain/release/release-version.js';
import { UsageError } from './arguments.js';
import { parseYaml, readText } from './rollout-source.js';

/** A release file with its recipe brought inline, as the state machine is given it. */
export interface ReleaseSource {
  readonly file: Record<string, unknown>;
  readonly component: string;
}

const SO_LARGE = 100_000;

/** Reads a release file and the recipe that it names, by the path from the file's own folder. */
export async function readReleaseSource(
  path: string,
  tag: string | undefined,
): Promise<ReleaseSource> {
  const parsed = parseReleaseFile(parseYaml(await readText(path), path), path);
  if (parsed.version !== 'NEXT_PATCH') versionOf(parsed, tag, []);
  const { recipe, ...rest } = parsed;
  const place = typeof recipe === 'string' ? { path: recipe } : recipe;
  if (place && 'asset' in place)
    throw new UsageError(`${path}: recipe.asset: a release by hand has no assets; give a path`);
  const inline =
    place && 'path' in place
      ? await readFile(join(dirname(path), place.path), 'utf8').catch((cause: Error) => {
          throw new UsageError(`${path}: recipe ${place.path}: ${cause.message}`, { cause });
        })
      : place?.inline;
  const file = { ...rest, ...(inline !== undefined && { recipe: { inline } }) };
  if (JSON.stringify(file).length > SO_LARGE)
    throw new UsageError(`${path}: with its recipe it is larger than ${SO_LARGE} characters`);
  return { file, component: parsed.component };
}
