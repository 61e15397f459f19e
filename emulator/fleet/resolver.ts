import type { Cloud } from '../cloud.js';
import { isDeployable } from '../component-status.js';
import type { CoreDevice } from './core-device.js';
import { nucleusName } from './runtime.js';
import { resolveComponents, type Resolution } from './resolve-components.js';
import type { Slot } from './slots.js';

/** `resolveComponents` for one fleet: what devices of one kind with the same slots get is computed once. */
export function createResolver(cloud: Pick<Cloud, 'componentVersions'>) {
  const known = new Map<string, Resolution>();
  let fingerprint = '';

  return (
    slots: readonly Slot[],
    { platform, profile, software }: Pick<CoreDevice, 'platform' | 'profile' | 'software'>,
  ): Resolution => {
    const catalogue = [...cloud.componentVersions.values()].filter(isDeployable);
    const current = catalogue
      .map(({ arn, creationTimestamp }) => `${arn}@${creationTimestamp}`)
      .join();
    if (current !== fingerprint) {
      known.clear();
      fingerprint = current;
    }
    const { nucleusVersion } = software;
    const nucleus = nucleusName(profile.runtime);
    const local = software.components.flatMap(({ source }) =>
      source && !catalogue.includes(source) ? [source] : [],
    );
    const resolve = () =>
      resolveComponents(slots, { catalogue, local, platform, nucleus, nucleusVersion });
    if (local.length > 0) return resolve();
    const key = [
      JSON.stringify(platform),
      `${nucleus}-${nucleusVersion} ${nucleus in (slots.at(-1)?.roots ?? {})}`,
      ...slots.map(({ name, deploymentId }) => `${name}=${deploymentId}`).sort(),
    ].join('\n');
    const resolution = known.get(key) ?? resolve();
    known.set(key, resolution);
    return resolution;
  };
}
