import { dynamoDbClient } from './clients.js';
import { connectDeliveries } from './deliveries.js';
import { environment } from './environment.js';

// Apart from release-ports.ts: powertools' idempotency can't be shaken out of a bundle.
export const deliveries = connectDeliveries(dynamoDbClient, environment.TABLE_NAME);
