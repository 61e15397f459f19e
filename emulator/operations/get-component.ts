import type { GetComponentRequest, GetComponentResponse } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { convertRecipe, formatOf } from '../control-plane/recipe-text.js';
import type { Services } from '../control-plane/services.js';

/** The recipe. Assumed: without recipeOutputFormat in the format in which it was given. */
export const getComponent =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  (request: Checked<GetComponentRequest>): GetComponentResponse => {
    const { recipe, arn } = components.find(request.arn);
    const recipeOutputFormat = request.recipeOutputFormat ?? formatOf(recipe);
    return {
      recipeOutputFormat,
      recipe: convertRecipe(recipe, recipeOutputFormat),
      // Assumed: no tags are an empty map, as in GetDeployment.
      tags: cloud.tags.get(arn) ?? {},
    };
  };
