import {
  CreateComponentVersionCommand,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';

/** What a test's recipe is about; the rest is the least that a recipe has. */
export interface RecipeParts {
  readonly runtime?: string;
  readonly artifact?: string;
  readonly type?: string;
  /** npm ranges by component. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Lifecycle steps; `Run` unless said. */
  readonly steps?: readonly string[];
}

/** Registers a component version for linux; it is DEPLOYABLE some seconds later. */
export const publishComponent = (
  greengrass: GreengrassV2Client,
  name: string,
  version: string,
  { runtime, artifact, type, dependencies = {}, steps = ['Run'] }: RecipeParts = {},
) =>
  greengrass.send(
    new CreateComponentVersionCommand({
      inlineRecipe: new TextEncoder().encode(
        JSON.stringify({
          RecipeFormatVersion: '2020-01-25',
          ComponentName: name,
          ComponentVersion: version,
          ComponentPublisher: 'Example',
          ...(type && { ComponentType: type }),
          ComponentDependencies: Object.fromEntries(
            Object.entries(dependencies).map(([dependency, VersionRequirement]) => [
              dependency,
              { VersionRequirement },
            ]),
          ),
          Manifests: [
            {
              Platform: { os: 'linux', ...(runtime && { runtime }) },
              Lifecycle: Object.fromEntries(steps.map((step) => [step, 'true'])),
              ...(artifact && { Artifacts: [{ URI: artifact }] }),
            },
          ],
        }),
      ),
    }),
  );
