import { createHmac } from 'node:crypto';
import type { Cloud } from '../cloud.js';
import { artifactBytes, artifactUri } from './artifacts.js';

/** Where pre-signed URLs point: below a path that belongs to Greengrass, so that it reaches us on a shared port. */
export const ARTIFACT_PATH = '/greengrass/artifacts/';

// Assumed: a pre-signed URL lasts 15 minutes.
const LASTS_MS = 15 * 60_000;

const sign = ({ seed }: Pick<Cloud, 'seed'>, path: string, expires: string) =>
  createHmac('sha256', `greenwave/${seed}`).update(`${path}\n${expires}`).digest('hex');

/** A URL that downloads an artifact of a component version for a while, without credentials. */
export function artifactLink(
  cloud: Pick<Cloud, 'seed' | 'clock'>,
  endpoint: string,
  arn: string,
  name: string,
): string {
  const path = ARTIFACT_PATH + [arn, ...name.split('/')].map(encodeURIComponent).join('/');
  const expires = String(Math.floor(cloud.clock.now()) + LASTS_MS);
  return `${endpoint}${path}?Expires=${expires}&Signature=${sign(cloud, path, expires)}`;
}

/** The bytes that a pre-signed URL stands for, or the HTTP status that refuses it. */
export function openArtifactLink(
  cloud: Pick<Cloud, 'seed' | 'clock' | 'artifacts' | 'componentVersions'>,
  path: string,
  query: URLSearchParams,
): Uint8Array | 403 | 404 {
  const expires = query.get('Expires') ?? '';
  const isSigned = query.get('Signature') === sign(cloud, path, expires);
  if (!isSigned || Number(expires) < cloud.clock.now()) return 403;
  const [arn = '', ...name] = path
    .slice(ARTIFACT_PATH.length)
    .split('/')
    .map((part) => decodeURIComponent(part));
  const version = cloud.componentVersions.get(arn);
  if (!version) return 404;
  const uri = artifactUri(version, name.join('/'));
  return (uri !== undefined && artifactBytes(cloud, version, uri)) || 404;
}
