# One page on the socket systemd hands over; leaves after two seconds without a visitor.
import os, socket, sys

door = socket.socket(fileno=3)
door.settimeout(2)
with open(os.environ["STATE_DIRECTORY"] + "/starts", "a") as starts:
    starts.write("x")
text = "page %s, start %d" % (sys.argv[1], os.path.getsize(os.environ["STATE_DIRECTORY"] + "/starts"))
while True:
    try:
        visitor, _ = door.accept()
    except TimeoutError:
        break
    with visitor:
        visitor.settimeout(2)
        visitor.recv(65536)
        visitor.sendall(("HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(text), text)).encode())
