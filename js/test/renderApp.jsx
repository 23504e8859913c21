import { render } from '@testing-library/react';
import { App } from '../src/app/App.jsx';
import { navigate } from '../src/app/hashLocation.js';
import { makeQueryClient } from '../src/services/queryClient.js';

/**
 * The whole app at a route; the network is faked by the test.
 * @param {string} route
 */
export function renderApp(route) {
  navigate(route, { replace: true });
  return render(<App queryClient={makeQueryClient()} />);
}
