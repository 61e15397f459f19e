import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { hasCode } from './error-code.js';
import { FleetFile, type FleetSpec } from './fleet-file.js';
import { crossCheck } from './fleet/cross-check.js';
import { describeIssue, FleetFileError, type Problem } from './fleet/fleet-file-error.js';

/** A fleet file with the bytes of all files that it names. */
export interface LoadedFleet {
  readonly spec: FleetSpec;
  /** The name is for errors. */
  readonly recipes: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** By `s3://bucket/key`. */
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
}

/** Checks a fleet; throws a FleetFileError that lists every problem by field, value and what would be right. */
export function parseFleet(value: unknown, file: string): FleetSpec {
  const parsed = FleetFile.safeParse(value);
  if (!parsed.success)
    throw new FleetFileError(
      file,
      parsed.error.issues.flatMap((issue) => describeIssue(issue, value)),
    );
  const problems = crossCheck(parsed.data);
  if (problems.length > 0) throw new FleetFileError(file, problems);
  return parsed.data;
}

/** Reads a fleet file, YAML or JSON, and what it names; paths in it are relative to it. */
export async function loadFleetFile(file: string): Promise<LoadedFleet> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    const why = hasCode(cause, 'ENOENT')
      ? 'there is no such file'
      : hasCode(cause, 'EISDIR')
        ? 'is a directory; name a fleet file in it'
        : `can't be read: ${String(cause)}`;
    throw new FleetFileError(file, [{ path: '', problem: why }]);
  });
  return loadFleet(parseFleet(parseYaml(content, file), file), file, dirname(file));
}

/** The same for a fleet that is an object already; paths in it are relative to `directory`. */
export async function loadFleet(
  spec: FleetSpec,
  file: string,
  directory: string,
): Promise<LoadedFleet> {
  const problems: Problem[] = [];
  const read = async (field: string, name: string) => {
    const bytes = await readFile(resolve(directory, name)).catch(() => undefined);
    if (!bytes)
      problems.push({
        path: field,
        problem: `${JSON.stringify(name)} can't be read; write a path relative to the fleet file`,
      });
    return bytes ?? new Uint8Array();
  };
  const recipes = [];
  for (const [index, recipe] of spec.components.entries())
    recipes.push(
      typeof recipe === 'string'
        ? { name: JSON.stringify(recipe), bytes: await read(`components[${index}]`, recipe) }
        : { name: 'what is written there', bytes: Buffer.from(JSON.stringify(recipe)) },
    );
  const artifacts = new Map<string, Uint8Array>();
  for (const [uri, name] of Object.entries(spec.artifacts))
    artifacts.set(uri, await read(`artifacts[${JSON.stringify(uri)}]`, name));
  if (problems.length > 0) throw new FleetFileError(file, problems);
  return { spec, recipes, artifacts };
}

function parseYaml(content: string, file: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(content, { lineCounter, prettyErrors: false });
  if (document.errors.length === 0) return document.toJS();
  const problems = document.errors.map(({ pos, code, message }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    const problem = code === 'MULTIPLE_DOCS' ? 'holds more than one document; keep one' : message;
    return { path: `line ${line}, column ${col}`, problem };
  });
  throw new FleetFileError(file, problems);
}
