import type {
  CreateComponentVersionRequest,
  CreateComponentVersionResponse,
} from '@aws-sdk/client-greengrassv2';
import { invalidInput } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import type { Call } from '../control-plane/call.js';
import { cloudStatus } from '../control-plane/component-view.js';
import { lambdaRecipe } from '../control-plane/lambda-recipe.js';
import type { RecipeSource } from '../control-plane/recipe.js';
import type { Services } from '../control-plane/services.js';
import { withTags } from '../control-plane/tagging.js';

type Request = Checked<CreateComponentVersionRequest>;

/** Documented: API model, CreateComponentVersion: exactly one of the two sources. */
function recipeOf({ inlineRecipe, lambdaFunction }: Request): {
  bytes: Uint8Array;
  source: RecipeSource;
} {
  if (inlineRecipe && !lambdaFunction) return { bytes: inlineRecipe, source: 'inlineRecipe' };
  if (lambdaFunction && !inlineRecipe)
    return { bytes: lambdaRecipe(lambdaFunction), source: 'lambdaFunction' };
  throw invalidInput('Exactly one of inlineRecipe and lambdaFunction has to be given');
}

/** Registers a component version, which becomes DEPLOYABLE a little later. */
export const createComponentVersion =
  ({ cloud, components, clientTokens }: Pick<Services, 'cloud' | 'components' | 'clientTokens'>) =>
  (request: Request, { atOnce }: Pick<Call, 'atOnce'>): CreateComponentVersionResponse =>
    clientTokens.once('CreateComponentVersion', request, () => {
      const tags = withTags({}, request.tags ?? {});
      const isTagged = Object.keys(tags).length > 0;
      const version = components.create({ ...recipeOf(request), isTagged }, atOnce);
      const { arn, componentName, componentVersion } = version;
      cloud.tags.set(arn, { ...cloud.tags.get(arn), ...tags });
      const creationTimestamp = new Date(version.creationTimestamp);
      return {
        arn,
        componentName,
        componentVersion,
        creationTimestamp,
        status: cloudStatus(version),
      };
    });
