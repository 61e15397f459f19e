import * as z from 'zod';
import { InvalidReleaseError } from '../errors.js';
import type { ReleaseFile } from './release-file.js';

/** Documented: the Greengrass development kit writes its placeholders bare in URIs and in braces elsewhere. */
const PLACEHOLDERS = ['COMPONENT_NAME', 'COMPONENT_VERSION', 'BUCKET_NAME'] as const;

/** The text with gdk's placeholders filled. Throws an InvalidReleaseError where one is used that the release file gives no value for. */
export function fillPlaceholders(
  recipe: string,
  { component, bucket }: ReleaseFile,
  version: string,
): string {
  const values: Record<string, string | undefined> = {
    COMPONENT_NAME: component,
    COMPONENT_VERSION: version,
    BUCKET_NAME: bucket,
  };
  return PLACEHOLDERS.reduce((text, name) => {
    const pattern = new RegExp(`\\{${name}\\}|\\b${name}\\b`, 'g');
    const value = values[name];
    if (value !== undefined) return text.replaceAll(pattern, () => value);
    if (!pattern.test(text)) return text;
    throw new InvalidReleaseError(
      `recipe: uses ${name}; give the release file the field bucket, the bucket of the artifacts`,
    );
  }, recipe);
}

const Fields = z.record(z.string(), z.unknown());
const List = z.array(z.unknown());

/** A recipe's field in whichever case it is written: the service takes them all. */
function field(value: unknown, name: string): unknown {
  const fields = Fields.safeParse(value);
  const found = Object.entries(fields.data ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

const listed = (value: unknown): unknown[] => List.safeParse(value).data ?? [];

/** The URIs of a recipe's artifacts, in its order. */
export function artifactUris(recipe: unknown): string[] {
  const artifacts = listed(field(recipe, 'manifests')).flatMap((manifest) =>
    listed(field(manifest, 'artifacts')),
  );
  return artifacts.flatMap((artifact) => {
    const uri = z.string().safeParse(field(artifact, 'uri'));
    return uri.success ? [uri.data] : [];
  });
}

const fileOf = (uri: string) => uri.split('/').at(-1) ?? uri;

/** The text with the URIs that the release file gives in place of the recipe's own, by the name of the file. */
export function withArtifacts(text: string, recipe: unknown, { artifacts }: ReleaseFile): string {
  const uris = artifactUris(recipe);
  return Object.entries(artifacts).reduce((replaced, [name, uri]) => {
    const old = uris.find((one) => fileOf(one) === name);
    if (old !== undefined) return replaced.replaceAll(old, () => uri);
    const known = uris.map(fileOf).join(', ') || 'none';
    throw new InvalidReleaseError(
      `artifacts.${name}: the recipe has no artifact of this file name; it has ${known}`,
    );
  }, text);
}

/** Throws an InvalidReleaseError where a recipe is of another component or version than its release. */
export function checkRecipe(recipe: unknown, component: string, version: string): void {
  const wanted = { ComponentName: component, ComponentVersion: version };
  const problems = Object.entries(wanted).flatMap(([name, value]) => {
    const found = field(recipe, name.toLowerCase());
    if (found === value) return [];
    const placeholder = name === 'ComponentName' ? '{COMPONENT_NAME}' : '{COMPONENT_VERSION}';
    return [
      `recipe: ${name} is ${JSON.stringify(found) ?? 'missing'}, the release is of ${value}; write ${value}, or ${placeholder}`,
    ];
  });
  if (problems.length > 0) throw new InvalidReleaseError(problems.join('\n'));
}
