// The appliance that does nothing: the floor under every boot.
int main() { return 0; }
