/** The page at /api/docs: the API as Swagger UI shows it, from this origin alone and within its security policy. */
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';

const response = await fetch('/api/openapi.json');
// Behind a proxy the API does not know its own address.
SwaggerUI({ dom_id: '#api', spec: { ...(await response.json()), servers: [{ url: '/api' }] } });
