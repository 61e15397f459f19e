import type { ComponentVersion } from '../../../emulator/cloud.js';

/** A component version as the control plane keeps it, with only what resolving looks at. */
export function componentVersion(
  componentName: string,
  version: string,
  dependencies: Record<string, string> = {},
  platforms: ComponentVersion['platforms'] = [],
): ComponentVersion {
  return {
    arn: `arn:aws:greengrass:eu-west-1:123456789012:components:${componentName}:versions:${version}`,
    componentName,
    componentVersion: version,
    creationTimestamp: 0,
    publisher: undefined,
    description: undefined,
    platforms,
    recipe: new Uint8Array(),
    componentSource: undefined,
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([name, versionRequirement]) => [
        name,
        { versionRequirement, dependencyType: 'HARD' as const },
      ]),
    ),
    defaultConfiguration: {},
    artifactUris: [],
    isNucleus: false,
    state: 'DEPLOYABLE',
    stateMessage: 'NONE',
    stateErrors: {},
    vendorGuidance: 'ACTIVE',
    vendorGuidanceMessage: 'NONE',
  };
}
