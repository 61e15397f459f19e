import type { CoreDeviceFacts } from '../membership.js';
import type { RecipeFacts } from './recipe.js';

/** What the cloud knows of a device that a recipe's manifests can ask for. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly runtime: string;
}

const LITE = 'aws_nucleus_lite';

/** `linux/aarch64` taken apart. */
export function platformOf({
  platform,
  runtime,
}: Pick<CoreDeviceFacts, 'platform' | 'runtime'>): Platform {
  const [os = 'unknown', architecture = 'unknown'] = platform.split('/');
  return { os, architecture, runtime: runtime ?? 'aws_nucleus_classic' };
}

export const isLite = ({ runtime }: Pick<Platform, 'runtime'>): boolean => runtime === LITE;

/** The core software of a device, which a deployment changes only where it names it. */
export const nucleusName = (platform: Pick<Platform, 'runtime'>): string =>
  isLite(platform) ? 'aws.greengrass.NucleusLite' : 'aws.greengrass.Nucleus';

/**
 * Whether a manifest's value takes a device's. What a plan can't tell counts as taken: a value that the device never reported, and an
 * expression that is more than alternatives, which only the device itself can evaluate.
 */
function takes(wanted: string | undefined, actual: string): boolean {
  if (wanted === undefined || wanted === '*' || actual === 'unknown') return true;
  const expression = /^\/(.*)\/$/s.exec(wanted)?.[1];
  if (expression === undefined) return wanted === actual;
  const alternatives = expression.split('|');
  return alternatives.some((one) => !/^[\w-]+$/.test(one)) || alternatives.includes(actual);
}

/** Whether a component version has a manifest for such a device; nucleus lite wants to be named (its release notes of 2.3.0). */
export const claims = (
  { manifests }: Pick<RecipeFacts, 'manifests'>,
  platform: Platform,
): boolean =>
  manifests.length === 0 ||
  manifests.some(
    ({ os, architecture, runtime }) =>
      takes(os, platform.os) &&
      takes(architecture, platform.architecture) &&
      (runtime === undefined ? !isLite(platform) : takes(runtime, platform.runtime)),
  );
