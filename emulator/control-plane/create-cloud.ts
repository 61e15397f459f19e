import type { Cloud } from '../cloud.js';
import { ListedMap } from './listed-map.js';

/** An empty account in one Region. The control plane and the fleet fill it. */
export function createCloud(
  settings: Pick<Cloud, 'region' | 'account' | 'seed' | 'clock' | 'emit'>,
): Cloud {
  return {
    ...settings,
    componentVersions: new Map(),
    componentStates: new Map(),
    deployments: new Map(),
    everCreated: [],
    revisions: new Map(),
    jobs: new Map(),
    things: new Map(),
    thingGroups: new Map(),
    coreDevices: new ListedMap(),
    artifacts: new Map(),
    tags: new Map(),
  };
}
