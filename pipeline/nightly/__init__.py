"""The night: sources > fetch > batch > link > report; `night.py` tells the journey."""
