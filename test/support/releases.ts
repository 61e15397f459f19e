import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connectReleases } from '../../src/aws/releases.js';
import { thermostat } from './fleets.js';
import type { startStack } from './stack.js';

type Stack = Awaited<ReturnType<typeof startStack>>;

/** A recipe of the thermostat as gdk writes it. */
export const gdkRecipe = `RecipeFormatVersion: '2020-01-25'
ComponentName: '{COMPONENT_NAME}'
ComponentVersion: '{COMPONENT_VERSION}'
ComponentPublisher: Example
ComponentConfiguration:
  DefaultConfiguration: { sampleSeconds: 60 }
Manifests:
  - Platform: { os: linux }
    Lifecycle: { Run: 'python3 -m thermostat' }
`;

/** A release file of the thermostat that brings its recipe along. */
export const releaseFile = (more: Record<string, unknown> = {}) => ({
  component: thermostat,
  recipe: { inline: gdkRecipe },
  ...more,
});

/** Releases as the table has them, on a stack. */
export const releasesOf = ({ config }: Stack) =>
  connectReleases(new DynamoDBClient(config), 'greenwave-dev-rollouts');
