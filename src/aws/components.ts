import {
  ConflictException,
  CreateComponentVersionCommand,
  ValidationException,
  type CreateComponentVersionCommandInput,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { InvalidReleaseError } from '../domain/errors.js';
import type { ComponentSource, ReleaseContent } from '../domain/release/release.js';
import { connectComponentRecipes } from './component-recipes.js';
import { translate } from './translate.js';

const Created = z.object({ arn: z.string() });

/** Who made a component version, for whoever hears that it was made. */
export const RELEASE_TAG = 'greenwave:release';

type Source = Pick<CreateComponentVersionCommandInput, 'inlineRecipe' | 'lambdaFunction'>;

/** What of a source this makes. */
type Maker = Exclude<ComponentSource, { madeArn: string }>;

function sourceInput(source: Maker, component: string, version: string): Source {
  if ('recipe' in source) return { inlineRecipe: new TextEncoder().encode(source.recipe) };
  const { arn, platforms, dependencies, parameters } = source.lambda;
  return {
    lambdaFunction: {
      lambdaArn: arn,
      componentName: component,
      componentVersion: version,
      ...(platforms && { componentPlatforms: platforms }),
      ...(dependencies && { componentDependencies: dependencies }),
      ...(parameters && { componentLambdaParameters: parameters }),
    },
  };
}

/** What the service says against a recipe is for whoever wrote it. */
const refused = (cause: unknown): never => {
  if (cause instanceof ValidationException) {
    const fields = (cause.fields ?? []).map(({ name, message }) => `${name}: ${message}`);
    const message = ['Greengrass refuses it', cause.message, ...fields].join(': ');
    throw new InvalidReleaseError(message, { cause });
  }
  return translate(cause);
};

/** Component versions as releases read and make them. */
export function connectComponents(client: GreengrassV2Client) {
  return {
    ...connectComponentRecipes(client),

    /** Makes a component version and answers its ARN; undefined where there is one of this name and version already. */
    async create(
      { component, version }: Pick<ReleaseContent, 'component' | 'version'>,
      source: Maker,
      { releaseId, clientToken }: { releaseId: string; clientToken: string },
    ): Promise<string | undefined> {
      const command = new CreateComponentVersionCommand({
        ...sourceInput(source, component, version),
        clientToken,
        tags: { [RELEASE_TAG]: releaseId },
      });
      const created = await client
        .send(command)
        .catch((cause: unknown) =>
          cause instanceof ConflictException ? undefined : refused(cause),
        );
      return created && Created.parse(created).arn;
    },
  };
}

export type Components = ReturnType<typeof connectComponents>;
