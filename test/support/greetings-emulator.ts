import { startEmulator } from '../../emulator/main.js';
import { thermostat } from './fleets.js';

/** Three thermostats in `max` time, and an artifact for the components that other clients than the SDK for JavaScript make. */
export const startGreetingsEmulator = () =>
  startEmulator({
    fleet: {
      seed: 7,
      components: ['examples/recipes/thermostat-1.0.0.yaml'],
      artifacts: { 's3://greetings/hello.txt': 'test/support/fixtures/hello.txt' },
      thingGroups: {
        thermostats: { count: 3, deployed: { [thermostat]: { componentVersion: '1.0.0' } } },
      },
    },
    timeScale: 'max',
  });

/** The operations of Greengrass V2 that were called. */
export const calledOperations = ({
  inspect,
}: Pick<Awaited<ReturnType<typeof startEmulator>>, 'inspect'>) =>
  Object.keys(inspect.calls())
    .flatMap((call) => (call.startsWith('Greengrass.') ? [call.replace('Greengrass.', '')] : []))
    .sort();
