import { Document, isNode, parseDocument, stringify, visit } from 'yaml';

export type RecipeFormat = 'JSON' | 'YAML';

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** In which of the two formats a recipe is written. In YAML, a mapping in braces may have keys without quotes. */
export const formatOf = (bytes: Uint8Array): RecipeFormat =>
  /^\uFEFF?\s*\{\s*["}]/.test(new TextDecoder().decode(bytes)) ? 'JSON' : 'YAML';

const parseYaml = (text: string): Document =>
  parseDocument(text, { prettyErrors: false, logLevel: 'error' });

function contentOf(text: string, format: RecipeFormat): unknown {
  if (format === 'JSON') return JSON.parse(text);
  const document = parseYaml(text);
  const [error] = document.errors;
  if (error) throw error;
  return document.toJS();
}

/** What a recipe says, or why it can't be read. */
export function readRecipe(bytes: Uint8Array): { content: unknown } | { problem: string } {
  try {
    return { content: contentOf(decode(bytes), formatOf(bytes)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Assumed: as deep as Jackson, which AWS's services in Java read JSON with, lets a document nest by default. */
const MOST_LEVELS = 1000;

/** Whether a value nests more deeply than the service, and what reads it later, can follow. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isTooDeep(each, levels - 1));
}

/** Text stays text for readers of YAML 1.1 as well: to PyYAML, 2020-01-25 without quotes is a date. */
const READABLE_BY_ALL = { compat: 'yaml-1.1' } as const;

/** A recipe's bytes in one of the two formats; byte for byte what they are in the format that they have. */
export function convertRecipe(bytes: Uint8Array, to: RecipeFormat): Uint8Array {
  const from = formatOf(bytes);
  if (from === to) return bytes;
  const content = contentOf(decode(bytes), from);
  return new TextEncoder().encode(
    to === 'JSON' ? JSON.stringify(content, null, 2) : stringify(content, READABLE_BY_ALL),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The key of a mapping that is spelt so, in any case. */
const keyOf = (value: unknown, name: string) =>
  isRecord(value) ? Object.keys(value).find((key) => key.toLowerCase() === name) : undefined;

const listAt = (value: unknown, name: string): [string, unknown[]] => {
  const key = keyOf(value, name);
  const list = key !== undefined && isRecord(value) ? value[key] : undefined;
  return [key ?? name, Array.isArray(list) ? list : []];
};

/** Every artifact of a recipe, with its place in it. */
function artifactsIn(content: unknown): { path: (string | number)[]; artifact: unknown }[] {
  const [manifestsKey, manifests] = listAt(content, 'manifests');
  return manifests.flatMap((manifest, i) => {
    const [artifactsKey, artifacts] = listAt(manifest, 'artifacts');
    return artifacts.map((artifact, j) => ({
      path: [manifestsKey, i, artifactsKey, j],
      artifact,
    }));
  });
}

type Path = readonly (string | number)[];

const hasAliases = (document: Document) => {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
};

/** Where the text of a node begins and ends. */
const spanOf = (node: unknown): readonly [number, number] | undefined =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : undefined;

/** Sets fields of objects in the text of a JSON recipe, all of which else stays as it is. */
function splice(text: string, fields: ReadonlyMap<Path, string>): string | undefined {
  const document = parseYaml(text);
  if (document.errors.length > 0) return undefined;
  const edits = [...fields].reverse().map(([path, value]) => {
    const old = spanOf(document.getIn(path, true));
    if (old) return { from: old[0], to: old[1], text: JSON.stringify(value) };
    const [from = -1] = spanOf(document.getIn(path.slice(0, -1), true)) ?? [];
    const field = `${JSON.stringify(path.at(-1))}: ${JSON.stringify(value)}, `;
    return { from: from + 1, to: from + 1, text: field };
  });
  let changed = text;
  for (const edit of edits.sort((a, b) => b.from - a.from))
    changed = changed.slice(0, edit.from) + edit.text + changed.slice(edit.to);
  return changed;
}

/** Sets fields of mappings in a recipe; a YAML recipe is written again with its comments, unless it has aliases. */
function rewrite(bytes: Uint8Array, content: unknown, fields: ReadonlyMap<Path, string>) {
  const text = decode(bytes);
  const isJson = formatOf(bytes) === 'JSON';
  const spliced = isJson ? splice(text, fields) : undefined;
  if (spliced !== undefined) return spliced;
  const document = isJson ? undefined : parseYaml(text);
  if (document && !hasAliases(document)) {
    for (const [path, value] of fields) document.setIn(path, value);
    return document.toString({ lineWidth: 0 });
  }
  const changed = new Document(content, { aliasDuplicateObjects: false });
  for (const [path, value] of fields) changed.setIn(path, value);
  return isJson ? JSON.stringify(changed.toJS(), null, 2) : changed.toString({ lineWidth: 0 });
}

/**
 * A recipe with the digests of its artifacts, by URI.
 * Documented: developer guide, "Component recipe reference": the service replaces Digest and Algorithm.
 * Observed: repository kyopark2014/iot-greengrass: SHA-256 in base64.
 * Assumed: it keeps a recipe as it came if there is no artifact of which it has the bytes.
 */
export function withDigests(
  bytes: Uint8Array,
  digestOf: (uri: string) => string | undefined,
): Uint8Array {
  const content = contentOf(decode(bytes), formatOf(bytes));
  const fields = new Map<Path, string>();
  for (const { path, artifact } of artifactsIn(content)) {
    const uri = isRecord(artifact) ? artifact[keyOf(artifact, 'uri') ?? ''] : undefined;
    const digest = typeof uri === 'string' ? digestOf(uri) : undefined;
    if (digest === undefined) continue;
    fields.set([...path, keyOf(artifact, 'digest') ?? 'Digest'], digest);
    fields.set([...path, keyOf(artifact, 'algorithm') ?? 'Algorithm'], 'SHA-256');
  }
  if (fields.size === 0) return bytes;
  return new TextEncoder().encode(rewrite(bytes, content, fields));
}
