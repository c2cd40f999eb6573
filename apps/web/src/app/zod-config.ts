import { z } from 'zod';

// Before any schema is made: the page's content security policy forbids the code that zod would generate.
z.config({ jitless: true });
