import { z } from 'zod';

// zod writes code for its checks and runs it where it may. Nothing here may, and the pages' policy would refuse it.
z.config({ jitless: true });
