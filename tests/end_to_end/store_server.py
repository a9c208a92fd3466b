"""An S3 server on this machine's loopback, for tests; answers one request at a time.

moto's check of a condition and its put are two steps, so two requests at once could both be first.

    python tests/end_to_end/store_server.py PORT
"""

import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

if __name__ == "__main__":
    application = DomainDispatcherApplication(create_backend_app)
    run_simple("127.0.0.1", int(sys.argv[1]), application, threaded=False)
