import type { PreflightFacts } from '../../../../src/domain/preflight/preflight.js';
import type { RecipeFacts } from '../../../../src/domain/preflight/recipe.js';
import { arn, plan, things } from '../planning.js';
import { catalogueOf, version } from './cloud.js';

export const NUCLEUS = 'aws.greengrass.Nucleus';
export const app = (more: Partial<RecipeFacts> = {}) => version('App', '1.1.0', more);
export const needs = (dependencies: Record<string, string>) => app({ dependencies });
export const libs = ['2.1.0', '2.0.0', '1.4.0'].map((number) => version('Lib', number));
export const facts = (
  recipes: readonly RecipeFacts[],
  more: Partial<Omit<PreflightFacts, 'catalogue'>> = {},
) => ({
  preflight: {
    neighbours: [],
    unread: 0,
    installed: [],
    pins: {},
    ...more,
    catalogue: catalogueOf(...recipes),
  },
});
export const pinning = (
  components: Record<string, string>,
  some: readonly string[] = things(20),
) => ({
  neighbours: [
    {
      targetArn: arn.replace('thermostats', 'sensors'),
      deploymentId: 'd-2',
      document: {
        components: Object.fromEntries(
          Object.entries(components).map(([name, componentVersion]) => [
            name,
            { componentVersion },
          ]),
        ),
      },
      things: some,
    },
  ],
});
export const running = (nucleus: string) => ({
  installed: [{ thing: 't-3', components: { [NUCLEUS]: nucleus, App: '1.0.0', Old: '3.0.0' } }],
});

/** What a plan of these facts is refused with. */
export const refusal = (change: Parameters<typeof plan>[0]) => {
  try {
    plan(change);
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return undefined;
};
