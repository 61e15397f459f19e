import { createHash } from 'node:crypto';
import type { Cloud, ComponentVersion } from '../cloud.js';

/** A ZIP archive with nothing in it: its end of central directory. */
const EMPTY_ZIP = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

/** Observed: repository kyopark2014/iot-greengrass: what the recipe of an imported Lambda function calls the function's code. */
export const LAMBDA_ARTIFACT = 'greengrass:lambda-artifact.zip';

/** The bytes of an artifact, if the emulator has them; a Lambda function that the fleet file doesn't know has no code. */
export function artifactBytes(
  { artifacts }: Pick<Cloud, 'artifacts'>,
  { componentSource }: Pick<ComponentVersion, 'componentSource'>,
  uri: string,
): Uint8Array | undefined {
  if (uri === LAMBDA_ARTIFACT && componentSource !== undefined)
    return artifacts.get(componentSource) ?? EMPTY_ZIP;
  return artifacts.get(uri);
}

/** As a recipe has it: SHA-256 in base64. */
export const digest = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && createHash('sha256').update(bytes).digest('base64');

/** Documented: API model, GetComponentVersionArtifact.artifactName: the part of the URI behind the scheme. */
const nameOf = (uri: string) => uri.replace(/^[a-z0-9+.-]+:(\/\/)?/i, '');

/** The URI of a component version's artifact. Assumed: the end of a name, from a slash on, will do. */
export const artifactUri = (
  { artifactUris }: Pick<ComponentVersion, 'artifactUris'>,
  name: string,
): string | undefined =>
  artifactUris.find((uri) => nameOf(uri) === name) ??
  artifactUris.find((uri) => uri.endsWith(`/${name}`));
