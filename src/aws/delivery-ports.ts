import { dynamoDbClient } from './clients.js';
import { connectDeliveries } from './deliveries.js';
import { required } from './release-environment.js';

// Apart from release-ports.ts: powertools' idempotency can't be shaken out of a bundle.
export const deliveries = connectDeliveries(dynamoDbClient, required('TABLE_NAME'));
