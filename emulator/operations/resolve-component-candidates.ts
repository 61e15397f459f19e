import type {
  ResolveComponentCandidatesRequest,
  ResolveComponentCandidatesResponse,
} from '@aws-sdk/client-greengrassv2';
import { ApiError, invalidField } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { isVersionRange, resolveCandidate } from '../control-plane/candidates.js';
import { cloudStatus } from '../control-plane/component-view.js';
import { convertRecipe } from '../control-plane/recipe-text.js';
import type { Services } from '../control-plane/services.js';

type Candidate = NonNullable<
  Checked<ResolveComponentCandidatesRequest>['componentCandidates']
>[number];

const named = ({ componentName, versionRequirements = {} }: Candidate) => {
  if (componentName === undefined)
    throw invalidField('componentCandidates', 'A candidate has to name its component');
  const wrong = Object.values(versionRequirements).find((range) => !isVersionRange(range));
  if (wrong !== undefined)
    throw invalidField('componentCandidates', `${wrong.slice(0, 64)} is no range of versions`);
  return { componentName, versionRequirements };
};

/**
 * The greatest version of each component that a device may have. Observed: aws-greengrass-lite PR 893: the nucleus asks for one
 * candidate at a time, and gets the recipe as JSON. Assumed: the version that the device has makes no difference.
 */
export const resolveComponentCandidates =
  ({ components }: Pick<Services, 'components'>) =>
  ({
    componentCandidates = [],
    platform = {},
  }: Checked<ResolveComponentCandidatesRequest>): ResolveComponentCandidatesResponse => {
    const resolvedComponentVersions = componentCandidates.map((candidate) => {
      const { componentName, versionRequirements } = named(candidate);
      const versions = components.versionsOf(componentName);
      const found = resolveCandidate(versions, versionRequirements, platform);
      // Documented: nucleus source, ComponentServiceHelper: it looks for `no usable version` or `claim platform` in the message.
      if (typeof found === 'string')
        throw new ApiError(
          'ResourceNotFoundException',
          `Component ${componentName}: ${found} was found that meets the requirements`,
          { resourceId: componentName, resourceType: 'component' },
        );
      const { arn, componentVersion } = found;
      const { vendorGuidance, vendorGuidanceMessage: message } = cloudStatus(found);
      const recipe = convertRecipe(found.recipe, 'JSON');
      return { arn, componentName, componentVersion, recipe, vendorGuidance, message };
    });
    return { resolvedComponentVersions };
  };
