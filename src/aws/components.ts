import {
  ConflictException,
  CreateComponentVersionCommand,
  DescribeComponentCommand,
  GetComponentCommand,
  ValidationException,
  paginateListComponentVersions,
  type CreateComponentVersionCommandInput,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { InvalidReleaseError } from '../domain/errors.js';
import type { ComponentSource, ReleaseContent } from '../domain/release/release.js';
import { collect } from './collect.js';
import { absent, translate } from './translate.js';

const Created = z.object({ arn: z.string() });

/** Who made a component version, for whoever hears that it was made. */
export const RELEASE_TAG = 'greenwave:release';

/** ARN of a component in the region and account of an execution. */
export function componentArnOf(executionArn: string, component: string): string {
  const [, partition, , region, account] = executionArn.split(':');
  return `arn:${partition}:greengrass:${region}:${account}:components:${component}`;
}

/** ARN of one of its versions. */
export const versionArnOf = (executionArn: string, component: string, version: string): string =>
  `${componentArnOf(executionArn, component)}:versions:${version}`;

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

/** Component versions as releases make them. */
export function connectComponents(client: GreengrassV2Client) {
  return {
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

    /** The text of a version's recipe. */
    async recipe(arn: string): Promise<string> {
      const found = await client.send(new GetComponentCommand({ arn })).catch(translate);
      return new TextDecoder().decode(found.recipe);
    },

    /** How far the service is with a version; undefined where there is none. */
    async status(arn: string) {
      const found = await client.send(new DescribeComponentCommand({ arn })).catch(absent);
      if (!found?.status) return undefined;
      const { componentState: state, message, errors = {} } = found.status;
      const { tags = {} } = found;
      return { state, message: message === 'NONE' ? undefined : message, errors, tags };
    },

    /** The versions that there are of a component. */
    async versions(arn: string): Promise<string[]> {
      const pages = paginateListComponentVersions({ client, pageSize: 100 }, { arn });
      const found = await collect(pages, (page) => page.componentVersions).catch(absent);
      return (found ?? []).flatMap(({ componentVersion }) => componentVersion ?? []);
    },
  };
}

export type Components = ReturnType<typeof connectComponents>;
