import { startSimulator } from '@wardline/aws-simulator';

// The simulator as a process of its own: prints where it listens and what it was seeded with, then runs until killed.
const { region, endpoints, seed } = await startSimulator({});
process.stdout.write(`${JSON.stringify({ region, endpoints, seed })}\n`);
