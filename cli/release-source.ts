import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseReleaseFile } from '../src/domain/release/release-file.js';
import { versionOf } from '../src/domain/release/release-version.js';
import { LARGEST_FILE, isTooLarge } from '../src/domain/webhook/meaning.js';
import { UsageError } from './arguments.js';
import { parseYaml, readText } from './rollout-source.js';

/** Reads a release file and brings the recipe that it names inline, by the path from the file's own folder. */
export async function readReleaseSource(
  path: string,
  tag: string | undefined,
): Promise<Record<string, unknown>> {
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
  if (isTooLarge(file))
    throw new UsageError(`${path}: with its recipe it is larger than ${LARGEST_FILE} bytes`);
  return file;
}
